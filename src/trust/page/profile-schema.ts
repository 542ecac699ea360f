import Type from 'typebox';
import { acknowledgements, noticeDays, type Profile } from '#safeguards/profiles';

const orNull = Type.Union([Type.String(), Type.Null()]);

/** Who stands behind a page, as it leaves. */
export const profileSchema = Type.Object({
  legalName: orNull,
  address: orNull,
  privacyContact: orNull,
  supportContact: orNull,
  securityContact: orNull,
  acknowledgement: Type.Enum([...acknowledgements]),
  noticeDays: Type.Enum([...noticeDays]),
});

/** What of a profile is published. */
export function profileJson(profile: Profile) {
  const {
    legalName,
    address,
    privacyContact,
    supportContact,
    securityContact,
    acknowledgement,
    noticeDays: days,
  } = profile;
  return { legalName, address, privacyContact, supportContact, securityContact, acknowledgement, noticeDays: days };
}
