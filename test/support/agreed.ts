import { giveConsent } from '../../src/community/consents.ts';
import type { Db } from '../../src/db/schema.ts';
import type { Clock } from '../../src/lib/clock.ts';

/** The community agreement as `data/onboarding.yaml` has it. */
export const agreement = '1';

/** These people have agreed to it, so that they may be asked things. */
export async function givenAgreed(
  { db, clock }: { db: Db; clock: Clock },
  ...people: readonly { id: string }[]
): Promise<void> {
  for (const { id } of people)
    await giveConsent(db, clock, { personId: id, kind: 'agreement', version: agreement });
}
