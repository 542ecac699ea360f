import { domainToASCII } from 'node:url';

/**
 * How an address is compared: NFKC, without case. Dots and plus signs before the @ stay: what they mean is the business
 * of whoever runs the mailbox.
 */
export function normalAddress(email: string): string {
  return writtenAddress(email).toLowerCase();
}

/**
 * How an address is kept and mailed to: NFKC, as it is compared. Otherwise whoever types one that only compares like
 * somebody's, with a ligature or a wide letter, would have that person's mail sent to another mailbox.
 */
export function writtenAddress(email: string): string {
  return email.trim().normalize('NFKC');
}

/**
 * True for one address that a mail can go to (RFC 5321 §4.5.3.1 for the lengths). Quoted local parts are refused:
 * nobody has one, and in them stands whatever could change a header.
 */
export function isAddress(email: string): boolean {
  const parts = /^([^\s@"(),:;<>[\]\\\p{C}]{1,64})@([^\s@"(),:;<>[\]\\/?#%\p{C}]{1,255})$/u.exec(normalAddress(email));
  if (!parts || Buffer.byteLength(parts[0]) > 254 || Buffer.byteLength(parts[1]!) > 64) return false;
  const labels = domainToASCII(parts[2]!).split('.');
  return !/^\.|\.\.|\.$/.test(parts[1]!) && labels.length > 1 && labels.every((label) => labelShape.test(label));
}

const labelShape = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
