export { e164, phoneIndex } from './e164.ts';
export { leadsAmong } from './leads-among.ts';
export { captureLead, listLeads, type LeadFilter, type LeadView } from './leads.ts';
export { changeLead, leadsWaiting, numberOfLead } from './lead-status.ts';
export { reachIndex } from './reach-index.ts';
export { addContact, nameContact, seeContact, seeKnown } from './see-contact.ts';
export { isSuppressed, suppress, type SuppressionReason } from './suppressions.ts';
