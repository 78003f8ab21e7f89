// Letter case of ASCII alone.

/**
 * The text with A to Z in lower case, and every other character as it is. By `toLowerCase` the Kelvin sign (U+212A) would become a k, and one address
 * could pass for another.
 */
export const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
