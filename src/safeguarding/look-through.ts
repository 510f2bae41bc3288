import type { z } from 'zod';
import type { Finding } from './finding.ts';
import { checkBeforeSaving, maskIdentifiers, withBeside } from './identifiers.ts';
import { publicContacts, type Signposts } from './signposts.ts';
import type { doubt } from './warning.ts';

type Looked<Texts> = { kind: 'doubtful'; findings: Finding[] } | { kind: 'settled'; texts: Texts };

/**
 * Looks through what somebody wrote into a form that warns in its own place, before it is saved: what seems to identify a
 * person is told once, then masked, or kept where they said so.
 * @param most how long each may be, in code points. @param isFine what may stand there all the same.
 */
export function lookThrough<Texts extends Record<string, string>>(
  { signposts }: { signposts?: Signposts | undefined },
  stands: z.output<typeof doubt>,
  texts: Texts,
  most: { [Name in keyof Texts]: number },
  isFine: (finding: Finding, text: string) => boolean = () => false,
): Looked<Texts> {
  if (stands === 'kept') return { kind: 'settled', texts };
  const found = Object.entries(texts).map(([name, text]) => {
    const seen = checkBeforeSaving(text, signposts ? { allowed: publicContacts(signposts) } : {});
    const findings = seen.kind === 'found' ? seen.findings.filter((one) => !isFine(one, text)) : [];
    return { name, text, findings };
  });
  // A title tells who was masked in the text.
  if (found.some((one) => one.findings.length > 0))
    for (const one of found) one.findings = withBeside(one.text, one.findings);
  const findings = found.flatMap((one) => one.findings);
  if (stands === 'none' && findings.length > 0) return { kind: 'doubtful', findings };
  const masked = found.map(({ name, text, findings: seen }) => [
    name,
    maskIdentifiers(text, seen, most[name]),
  ]);
  return { kind: 'settled', texts: Object.fromEntries(masked) as Texts };
}
