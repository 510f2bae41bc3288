import type { z } from 'zod';
import { type Finding, mayBeKept } from './finding.ts';
import { checkBeforeSaving, maskIdentifiers, merge, withBeside } from './identifiers.ts';
import { publicContacts, type Signposts } from './signposts.ts';
import type { doubt } from './warning.ts';

type Looked<Texts> = { kind: 'doubtful'; findings: Finding[] } | { kind: 'settled'; texts: Texts };

type How = {
  /** What may stand there all the same. */
  isFine?: (finding: Finding, text: string) => boolean;
  /** It goes to other people. Of what is kept as it is, names alone are, and no child's or family's: see `mayBeKept`. */
  isForOthers?: boolean;
  /** Ages and named schools are looked for as well. */
  isCloser?: boolean;
  /** What does not belong there besides, such as names that only this place knows. */
  findBesides?: (text: string) => Finding[];
};

/**
 * Looks through what somebody wrote into a form that warns in its own place, before it is saved: what seems to identify a
 * person is told once, then masked, or kept where they said so.
 * @param most how long each may be, in code points.
 */
export function lookThrough<Texts extends Record<string, string>>(
  { signposts }: { signposts?: Signposts | undefined },
  stands: z.output<typeof doubt>,
  texts: Texts,
  most: { [Name in keyof Texts]: number },
  { isFine = () => false, isForOthers = false, isCloser = false, findBesides = () => [] }: How = {},
): Looked<Texts> {
  const isKept = stands === 'kept';
  if (isKept && !isForOthers) return { kind: 'settled', texts };
  const mayStand = (one: Finding, text: string) => isFine(one, text) || (isKept && mayBeKept(one));
  const look = { isCloser, ...(signposts && { allowed: publicContacts(signposts) }) };
  const found = Object.entries(texts).map(([name, text]) => {
    const seen = checkBeforeSaving(text, look);
    const all = merge([...(seen.kind === 'found' ? seen.findings : []), ...findBesides(text)]);
    const findings = all.filter((one) => !mayStand(one, text));
    return { name, text, findings };
  });
  // A title tells who was masked in the text.
  if (found.some((one) => one.findings.length > 0))
    for (const one of found)
      one.findings = withBeside(one.text, one.findings).filter((seen) => !mayStand(seen, one.text));
  const findings = found.flatMap((one) => one.findings);
  if (stands === 'none' && findings.length > 0) return { kind: 'doubtful', findings };
  const masked = found.map(({ name, text, findings: seen }) => [
    name,
    maskIdentifiers(text, seen, most[name]),
  ]);
  return { kind: 'settled', texts: Object.fromEntries(masked) as Texts };
}
