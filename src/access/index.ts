export {
  covers,
  grantsOfRole,
  grantsOfScopes,
  isPermission,
  permissions,
  roles,
  ruleOf,
  type Grants,
  type Permission,
  type Reach,
  type Role,
  type Rule,
} from './matrix.ts';
export { wordsOf, type PermissionWords } from './words.ts';
