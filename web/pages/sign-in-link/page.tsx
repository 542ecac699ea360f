import { api } from '../../api/client.ts';
import { MailedLink } from '../../parts/mailed-link.tsx';
import { useWords } from '../../words/use-words.ts';

/** What a mailed link that signs in leads to. */
export default function SignInLink() {
  const { mailed: say } = useWords('signIn');
  return (
    <MailedLink
      title={say.title}
      about={say.about}
      submit={say.submit}
      another={['/sign-in', say.another]}
      use={(token) => api('POST /api/v1/sign-in/link/use', { body: { token } })}
    />
  );
}
