import type { Config, VendorProcessor } from '#base';
import type { ModelAccess } from '../../speech.ts';
import { openaiKeeps } from './keeps.ts';

/** Who receives what when this model is used. */
export const processor: VendorProcessor = {
  name: 'OpenAI',
  purpose: 'Understands callers and answers them in speech and in text; summarises calls',
  data: ['audio of the call', 'words of the call', 'keys pressed', 'what the business tells callers'],
  region: 'United States, unless the API origin is replaced by a regional one',
  hosts: ['api.openai.com'],
  es: {
    purpose: 'Entiende a quien llama y le responde de viva voz y por escrito; resume las llamadas',
    data: [
      'audio de la llamada',
      'palabras de la llamada',
      'teclas pulsadas',
      'lo que el negocio cuenta a quien llama',
    ],
    region: 'Estados Unidos, salvo que el origen de la API se sustituya por uno regional',
  },
  keeps: openaiKeeps,
};

/** The processor with the host of a replaced origin among those it may be dialled at. */
export function processorFor({ openaiBaseUrl }: Pick<Config, 'openaiBaseUrl'>): VendorProcessor {
  const { host } = new URL(openaiBaseUrl);
  return processor.hosts.includes(host) ? processor : { ...processor, hosts: [...processor.hosts, host] };
}

/** Where the API is for an organisation: its own base URL, else the installation's. Without `/v1` at the end. */
export function originOf({ openaiBaseUrl }: Pick<Config, 'openaiBaseUrl'>, { baseUrl }: ModelAccess): string {
  return (baseUrl ?? openaiBaseUrl).replace(/\/+$/, '').replace(/\/v1$/, '');
}

export function authorization({ key }: ModelAccess): { readonly authorization: string } {
  return { authorization: `Bearer ${key.reveal()}` };
}
