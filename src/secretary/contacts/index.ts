export { e164, phoneIndex } from './e164.ts';
export { captureLead, listLeads, type LeadView } from './leads.ts';
export { nameContact, seeContact } from './see-contact.ts';
export { isSuppressed, suppress, type SuppressionReason } from './suppressions.ts';
