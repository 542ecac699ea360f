type TrustedTypes = {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
};

/**
 * Mantine writes its style rules as text into a style element, which trusted types takes for markup. Text without a tag
 * may pass; whatever holds one is refused, so nothing that anybody says ever becomes an element.
 */
export function refuseMarkup(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('Text may not become markup.');
      return text;
    },
  });
}
