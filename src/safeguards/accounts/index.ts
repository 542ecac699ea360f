export { isActorLive } from './actors.ts';
export { isAddress, normalAddress } from './address.ts';
export { askerByKey } from './identify.ts';
export { hasApiKey, makeApiKey, revokeApiKey } from './api-keys.ts';
export {
  accountCandidates,
  addCarrierAccount,
  carrierAccount,
  findCarrierAccount,
  type OpenedAccount,
} from './carrier-accounts.ts';
export { openCredentials, type Credentials } from './credentials.ts';
export { canaryIds, ensureInstance, instanceId } from './instance.ts';
export { addLine, lineAccount, lineCandidates, lineNumber, type LineCandidate } from './lines.ts';
export { modelAccess, setModelCredential } from './model-credentials.ts';
export {
  changeOrganisation,
  makeOrganisation,
  organisation,
  type Organisation,
  type OrganisationKind,
} from './organisations.ts';
export {
  addressIndex,
  awaitedPeople,
  linkPerson,
  memberOf,
  membershipHints,
  personName,
  type Membership,
} from './membership.ts';
export { addPerson } from './people.ts';
