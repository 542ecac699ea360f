import { grantsOfRole, grantsOfScopes } from '#access';
import { sql } from '#base';
import { invitationTo } from '../mailed.ts';
import { joinAnother, whoIsSignedIn } from '../persona.ts';
import type { Case, Cases, Making } from '../case.ts';

const key: NonNullable<Case['names']>[string] = async ({ side }) => (await side.key()).id;
const credential = ({ side }: Making) => side.credential();
const invitation = ({ side }: Making) => side.invitation();
const member = async ({ side }: Making) => (await side.member('viewer')).person;
/** Whoever may change a viewer may do all that a viewer may. */
const likeViewer = { grants: grantsOfRole('viewer'), otherwise: 'beyond-your-role' } as const;
const readsCalls = { grants: grantsOfScopes(['calls:read']), otherwise: 'scope-not-yours' } as const;
const aSecret = 'a-secret-of-no-provider';

/** A key in the middle of a rotation. */
async function rotatingKey({ ctx, side }: Making): Promise<string> {
  const { id } = await side.key();
  const { organisation } = side;
  const until = new Date(ctx.clock.now() + 3_600_000);
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.api_keys set old_hash = sha256(secret_hash), old_until = ${until}
      where organisation_id = ${organisation} and id = ${id}`),
  );
  return id;
}

const keyCases: Cases = {
  'GET /api/v1/keys': { shows: 'keys', ok: 200 },
  'POST /api/v1/keys': {
    body: (_, { once }) => ({ name: once, scopes: ['calls:read'] }),
    covers: readsCalls,
    ok: 201,
  },
  'POST /api/v1/keys/:id/rotate': {
    names: { id: key },
    body: () => ({ keepOldForHours: 1 }),
    covers: readsCalls,
    ok: 200,
  },
  'DELETE /api/v1/keys/:id/old-secret': { names: { id: rotatingKey }, ok: 204 },
  'DELETE /api/v1/keys/:id': { names: { id: key }, ok: 204 },
  'GET /.well-known/sotto/api-key-pattern.json': { ok: 200 },
};

const memberCases: Cases = {
  'GET /api/v1/team': { shows: 'people', ok: 200 },
  'PUT /api/v1/team/:id/role': {
    names: { id: member },
    body: () => ({ role: 'viewer' }),
    covers: likeViewer,
    ok: 204,
  },
  'DELETE /api/v1/team/:id': { names: { id: member }, covers: likeViewer, ok: 200 },
  'DELETE /api/v1/memberships/:organisation': {
    names: { organisation: async ({ ctx, as }) => joinAnother(ctx, whoIsSignedIn(as)) },
    ok: 200,
  },
};

const invitationCases: Cases = {
  'GET /api/v1/invitations': { shows: 'invitations', ok: 200 },
  'POST /api/v1/invitations': {
    body: (_, { once }) => ({ email: `${once}@proof.example`, name: 'Somebody', role: 'viewer' }),
    covers: likeViewer,
    ok: 201,
  },
  'POST /api/v1/invitations/:id/resend': { names: { id: invitation }, covers: likeViewer, ok: 204 },
  'DELETE /api/v1/invitations/:id': { names: { id: invitation }, ok: 204 },
  'POST /api/v1/invitations/accept': {
    names: { token: ({ stage, as }) => invitationTo(stage, whoIsSignedIn(as)) },
    body: ({ token }) => ({ token }),
    missing: { token: 'invitation-unknown' },
    isOpenToHolders: true,
    ok: 200,
  },
};

const credentialCases: Cases = {
  'GET /api/v1/credentials': { shows: 'credentials', ok: 200 },
  'POST /api/v1/credentials': {
    body: (_, { once }) => ({ vendor: 'twilio', account: `AC${once}`, secret: aSecret }),
    ok: 201,
  },
  'POST /api/v1/credentials/:id/test': { names: { id: credential }, ok: 200 },
  'PUT /api/v1/credentials/:id/secret': { names: { id: credential }, body: () => ({ secret: aSecret }), ok: 204 },
  'DELETE /api/v1/credentials/:id': { names: { id: credential }, ok: 204 },
};

/** Who belongs, what their keys may do, and what the organisation is connected to. */
export const teamCases: Cases = {
  ...keyCases,
  ...memberCases,
  ...invitationCases,
  ...credentialCases,
  'GET /api/v1/organisation': { ok: 200 },
  'PATCH /api/v1/organisation': {
    body: (_, { once }) => ({ name: `Office ${once}` }),
    headers: () => ({ 'if-match': '*' }),
    ok: 200,
  },
  'GET /api/v1/keeping': { ok: 200 },
  'PUT /api/v1/keeping': { body: () => ({ preset: 'standard' }), headers: () => ({ 'if-match': '*' }), ok: 200 },
  'GET /api/v1/keeping/preview': { query: () => ({ recordings: '30', calls: '30', messages: '30' }), ok: 200 },
  'GET /api/v1/keeping/schedule': { ok: 200 },
  'GET /api/v1/keeping/runs': { shows: 'nothing', ok: 200 },
  'GET /api/v1/trust': { ok: 200 },
  'PUT /api/v1/trust': {
    body: (_, { once }) => ({
      legalName: `Office ${once} LLC`,
      address: null,
      privacyContact: 'privacy@proof.example',
      supportContact: 'https://proof.example/help',
      securityContact: null,
      slug: null,
      acknowledgement: 'hours-24',
      noticeDays: 10,
    }),
    headers: () => ({ 'if-match': '*' }),
    ok: 200,
  },
  'GET /api/v1/purposes': { shows: 'nothing', ok: 200 },
  'PUT /api/v1/purposes': {
    shows: 'nothing',
    body: () => ({ agreed: ['messages', 'appointments', 'leads', 'recordings'] }),
    headers: () => ({ 'if-match': '*' }),
    ok: 200,
  },
  'GET /api/v1/audit': { shows: 'nothing', ok: 200 },
  'GET /api/v1/me': { ok: 200 },
  'GET /api/v1/events': { ok: 200 },
  'GET /api/v1/permissions': { ok: 200 },
};
