import { S3mini } from 's3mini';
import {
  operatorsBaa,
  outside,
  Outside,
  Problem,
  type Config,
  type Http,
  type HttpRequest,
  type Processor,
  type VendorProcessor,
} from '#base';
import { largestPage, type ObjectVendor } from '../object-store.ts';

const processor: VendorProcessor = {
  name: 'S3',
  purpose: 'Keeps recordings; they are sealed before they leave this machine',
  data: ['sealed audio of recorded calls', 'ids of organisation and recording', 'times at which they are used'],
  region: 'where the operator has it (SOTTO_S3_ENDPOINT)',
  hosts: [],
  es: {
    purpose: 'Guarda grabaciones; se sellan antes de salir de esta máquina',
    data: ['audio sellado de llamadas grabadas', 'ids de organización y grabación', 'momentos en que se usan'],
    region: 'donde lo tenga el operador (SOTTO_S3_ENDPOINT)',
  },
  pt: {
    purpose: 'Guarda gravações; são seladas antes de sair desta máquina',
    data: ['áudio selado de ligações gravadas', 'ids de organização e gravação', 'momentos em que são usados'],
    region: 'onde o operador o tiver (SOTTO_S3_ENDPOINT)',
  },
  hi: {
    purpose: 'रिकॉर्डिंग रखता है; वे इस मशीन से निकलने से पहले सील की जाती हैं',
    data: ['रिकॉर्ड की गई कॉल का सील किया ऑडियो', 'संगठन और रिकॉर्डिंग की पहचान-संख्याएँ', 'उनके उपयोग के समय'],
    region: 'जहाँ संचालक ने रखा हो (SOTTO_S3_ENDPOINT)',
  },
  website: null,
  security: null,
  baa: operatorsBaa,
  certifications: [],
  keeps: [
    {
      what: 'recordings',
      say: {
        en: 'Recordings, sealed by Sotto under keys that never go there; deleted one by one, and the folder is listed again to see that it is empty',
        es: 'Grabaciones, selladas por Sotto con claves que nunca salen hacia allí; se borran una a una y se vuelve a listar la carpeta para ver que está vacía',
        pt: 'Gravações, seladas pelo Sotto com chaves que nunca saem para lá; apagadas uma a uma, e a pasta é listada de novo para ver que está vazia',
        hi: 'रिकॉर्डिंग, Sotto द्वारा ऐसी कुंजियों से सील की गईं जो वहाँ कभी नहीं जातीं; एक-एक कर मिटाई जाती हैं और फ़ोल्डर फिर देखा जाता है कि खाली है',
      },
      days: null,
      from: 'made',
      deletable: true,
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html',
      verified: true,
    },
    {
      what: 'versions',
      say: {
        en: 'Earlier versions of what was deleted, where the bucket keeps versions or is locked: Sotto asks for no permission to see them. They are sealed, and their keys are destroyed',
        es: 'Versiones anteriores de lo borrado, si el depósito guarda versiones o está bloqueado: Sotto no pide permiso para verlas. Están selladas y sus claves, destruidas',
        pt: 'Versões anteriores do que foi apagado, se o depósito guarda versões ou está bloqueado: o Sotto não pede permissão para vê-las. Estão seladas, e suas chaves, destruídas',
        hi: 'मिटाई गई चीज़ों के पुराने संस्करण, यदि बकेट संस्करण रखता हो या लॉक हो: Sotto उन्हें देखने की अनुमति नहीं माँगता। वे सील हैं और उनकी कुंजियाँ नष्ट हैं',
      },
      days: null,
      from: 'deleted',
      deletable: false,
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html',
      verified: true,
    },
  ],
};

/** Objects in a bucket of Amazon S3, Cloudflare R2 or whatever else speaks S3: path style, signature version 4. */
export default {
  processor,
  processorFor,
  async open({ config, http }) {
    const s3 = new S3mini({
      endpoint: `${config.s3Endpoint ?? ''}/${config.s3Bucket ?? ''}`,
      region: config.s3Region,
      accessKeyId: config.s3KeyId ?? '',
      secretAccessKey: config.s3Secret ?? '',
      fetch: through(http, processorFor(config)),
    });
    return {
      put: (name, bytes) => told(async () => void (await s3.putObject(name, bytes))),
      get: (name) =>
        told(async () => {
          const found = await s3.getObjectArrayBuffer(name);
          return found === null ? undefined : Buffer.from(found);
        }),
      delete: (name) => told(async () => void (await s3.deleteObject(name))),
      head: (name) => told(async () => (await s3.objectExists(name)) === true),
      list: (prefix, { after, limit = largestPage } = {}) =>
        told(async () => {
          const from = after === undefined ? {} : { 'start-after': after };
          const found = await s3.listObjectsPaged('/', prefix, limit, undefined, from);
          const names = (found?.objects ?? []).map(({ Key }) => Key);
          return { names, next: found?.nextContinuationToken ? (names.at(-1) ?? null) : null };
        }),
    };
  },
} satisfies ObjectVendor;

function processorFor({ s3Endpoint }: Config): Processor {
  return { ...processor, hosts: s3Endpoint === undefined ? [] : [new URL(s3Endpoint).host] };
}

const methods: Readonly<Record<string, HttpRequest['method']>> = {
  GET: 'GET',
  HEAD: 'HEAD',
  PUT: 'PUT',
  DELETE: 'DELETE',
};

/** The client's way out: our own. What the answer means is decided here, before the client sees it. */
function through(http: Http, to: Processor): typeof fetch {
  return async (input, init = {}) => {
    const method = methods[init.method ?? 'GET'];
    if (!method || typeof input !== 'string') throw new TypeError('the S3 client asked for something unforeseen');
    const answer = await http(to, {
      method,
      url: input,
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(init.body instanceof Buffer && { body: init.body }),
    });
    const failure = failureIn(answer.status, answer.body);
    if (failure) throw failure;
    // Some servers say 404 where S3 says 204.
    if (method === 'DELETE') return new Response(null, { status: 204 });
    const body = answer.body.length === 0 ? null : new Uint8Array(answer.body);
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}

/** A missing object is an answer; a missing bucket is not (Amazon S3 API reference, error responses). */
function failureIn(status: number, body: Buffer): Outside | undefined {
  if (status < 300) return undefined;
  if (status === 404) return body.includes('<Code>NoSuchBucket</Code>') ? outside('s3', 'refused') : undefined;
  return outside('s3', status >= 500 || [408, 409, 429].includes(status) ? 'busy' : 'refused');
}

/** What the client itself cannot make sense of is the server's doing. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Outside || error instanceof Problem ? error : outside('s3', 'refused', { cause: error });
  }
}
