/** Product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1, the field of QR symbols (ISO/IEC 18004, 7.5). */
export function multiply(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}

/** The check bytes of a block: the remainder of its polynomial, shifted, by the one whose roots are 2^0 to 2^(count-1). */
export function checkBytes(block: readonly number[], count: number): number[] {
  const divisor = generator(count);
  const left = Array.from({ length: count }, () => 0);
  for (const byte of block) {
    const factor = byte ^ left.shift()!;
    left.push(0);
    for (let at = 0; at < count; at += 1) left[at]! ^= multiply(divisor[at]!, factor);
  }
  return left;
}

/** Its coefficients behind the leading one, the highest first. */
function generator(count: number): number[] {
  const found = [...Array.from({ length: count - 1 }, () => 0), 1];
  let root = 1;
  for (let factor = 0; factor < count; factor += 1) {
    for (let at = 0; at < count; at += 1) found[at] = multiply(found[at]!, root) ^ (found[at + 1] ?? 0);
    root = multiply(root, 2);
  }
  return found;
}
