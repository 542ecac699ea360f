export { contactLink } from './profile-mistakes.ts';
export {
  acknowledgements,
  missingIn,
  noticeDays,
  profileOf,
  setProfile,
  type Acknowledgement,
  type KeptProfile,
  type Needed,
  type NoticeDays,
  type Profile,
} from './profile.ts';
export { organisationAt } from './slug.ts';
