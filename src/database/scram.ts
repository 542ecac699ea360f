import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const rounds = 4096;

/**
 * What PostgreSQL stores instead of a password (RFC 5802, RFC 7677). Sending this instead of the
 * password keeps the password itself out of every statement, file and log.
 * The password is ASCII, so SASLprep changes nothing.
 */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const stored = createHash('sha256').update(keyed(salted, 'Client Key')).digest('base64');
  const server = keyed(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${server}`;
}

function keyed(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
