const saysAge =
  /\b(?:aged?|turn(?:s|ed|ing)?)\s+(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b(?!\s*(?:to|-|\u2013)\s*\d)|\b(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)[\s-]*(?:years?[\s-]*olds?|y\/?o)\b|\b(?:i am|i'm|she is|he is|they are|she's|he's)\s+(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b/i;

/** Somebody's age, which the check for identifying detail leaves alone; "11 to 18" is an age group. Beside the field, or undefined. */
export const problemWithAges = (text: string): string | undefined =>
  saysAge.test(text.replaceAll('\u2019', "'"))
    ? 'Please leave out how old anybody is. What matters here is what they say of the words.'
    : undefined;
