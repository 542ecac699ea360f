import type { Reach, Role } from '#access';

/** Every word of the permission matrix that is not a permission's own. A language is one file. */
export type PermissionPageWords = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly roles: { readonly [R in Role]: string };
  readonly rolesOf: { readonly title: string; readonly says: { readonly [R in Role]: string } };
  readonly matrix: string;
  readonly permission: string;
  readonly reach: { readonly [R in Reach]: string };
  readonly none: string;
  readonly fresh: string;
  readonly isFresh: string;
  readonly own: { readonly title: string; readonly says: string };
  readonly factor: { readonly title: string; readonly says: string };
  readonly keys: { readonly title: string; readonly says: string };
  readonly giving: { readonly title: string; readonly says: string };
  readonly checked: { readonly title: string; readonly says: string };
};
