export { acceptInvitation, type Joined } from './accept-invitation.ts';
export { isAddress, writtenAddress } from './address.ts';
export { askerByKey } from './identify.ts';
export { apiKeyScan } from './api-key-pattern.ts';
export {
  endOldSecret,
  hasApiKey,
  listApiKeys,
  makeApiKey,
  revokeApiKey,
  rotateApiKey,
  type KeyView,
} from './api-keys.ts';
export { grantsNow, lockedGrants, personBehind, type Asking, type By } from './by.ts';
export { makeOwnKey } from './own-key.ts';
export {
  accountCandidates,
  accountVersion,
  addCarrierAccount,
  carrierAccount,
  findCarrierAccount,
  type AccountVersion,
  type OpenedAccount,
} from './carrier-accounts.ts';
export { askClosing, closesAt, keepAccount } from './closing.ts';
export { openCredentials, type Credentials } from './credentials.ts';
export { canaryIds, ensureInstance, instanceId } from './instance.ts';
export { directInvitation, endInvitation } from './direct-invitation.ts';
export { invite, listInvitations, resendInvitation, withdrawInvitation, type InvitationView } from './invitations.ts';
export { invitedBy, type Invited } from './invited.ts';
export { checkLine, pointLine, type Checked as LineChecked } from './line-check.ts';
export { isPublic, webhooksOf, type Finding, type Webhooks } from './line-findings.ts';
export {
  connectNumber,
  giveLine,
  lineAccounts,
  lineView,
  listLines,
  numberMistakes,
  removeLine,
  type LineAccount,
  type LineView,
} from './line-list.ts';
export { addLine, lineAccount, lineCandidates, lineNumber, type LineCandidate } from './lines.ts';
export { dismissSetup, setupDismissedAt, teamSize } from './setup-list.ts';
export {
  hasModelAccess,
  modelAccess,
  modelAccessKind,
  setModelCredential,
  type AccessKind,
} from './model-credentials.ts';
export {
  changeOrganisation,
  makeOrganisation,
  organisation,
  organisationMistakes,
  type Organisation,
  type OrganisationKind,
} from './organisations.ts';
export {
  addressIndex,
  awaitedPeople,
  identityOf,
  linkPerson,
  memberOf,
  membershipHints,
  personName,
  type Membership,
} from './membership.ts';
export { nameMistakes } from './name-mistakes.ts';
export { addPerson, holdMember, listPeople, ownerAddresses, renamePerson, type PersonView } from './people.ts';
export {
  connectProvider,
  explainCheck,
  listCredentials,
  revokeCredential,
  rotateCredential,
  testCredential,
  type CredentialView,
  type Vendors,
} from './provider-credentials.ts';
export { changeRole, leaveOrganisation, removePerson, type Gone } from './team.ts';
export { boundsOf } from './key-bounds.ts';
export { ensureTryLine, fictionalNumber, tryAccount, type TryLine } from './try-line.ts';
