/** Witnesses of the installation's log, each an address and a public key: `https://witness.example.com NAME+HASH+BASE64`. */
export function witnessList(value: string): readonly string[] {
  return value.split(',').map((item) => {
    const [url = '', key = '', ...more] = item.trim().split(/\s+/);
    const isKey = /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/.test(key);
    if (!/^https?:\/\/[^\s?#@]+$/.test(url) || !URL.canParse(url) || !isKey || more.length > 0) {
      throw new Error(
        'must be an address and a public key, such as https://witness.example.com NAME+HASH+BASE64, with commas between',
      );
    }
    return `${url.replace(/\/+$/, '')} ${key}`;
  });
}
