import { api } from '../../api/client.ts';
import { MailedLink } from '../../parts/mailed-link.tsx';
import { takeClaim } from '../../parts/sign-up-claim.ts';
import { useWords } from '../../words/use-words.ts';

/** What the mailed link of a sign-up leads to: one press, and the business is there. */
export default function SignUpLink() {
  const { upLink: say } = useWords('signIn');
  return (
    <MailedLink
      title={say.title}
      about={say.about}
      submit={say.submit}
      another={['/sign-up', say.another]}
      use={(token) => {
        const claim = takeClaim();
        return api('POST /api/v1/sign-up/confirm', { body: { token, ...(claim !== undefined && { claim }) } });
      }}
    />
  );
}
