import { expect, test } from 'vitest';
import { attack } from '../../fuzz/attack.ts';
import type { Payload } from '../../fuzz/mutate.ts';
import { givenCommunity } from '../support/community.ts';

/** A small part of `npm run fuzz`, which sends 20,000 over both ways and as more people. */
test('payloads that Slack never would send end nothing, and read and change nothing of others', async () => {
  const seen: Payload[] = [];
  const community = await givenCommunity({
    workspace: { onDelivery: (type, body) => void seen.push({ type, body }) },
  });
  const { workspace, config, log, forward } = community;
  const outcome = await attack(
    {
      workspace,
      seen,
      log,
      forward,
      beat: () => community.beat(),
      database: config.databaseUrl.slice('file:'.length),
      settled: () => workspace.settled(),
    },
    { payloads: 400, seed: 11, attackers: ['robin'], victims: ['sam'] },
  );
  expect(outcome).toEqual({
    payloads: 400,
    slowest: expect.any(Number),
    late: expect.any(Number),
    notAcknowledged: [],
    unhandled: [],
    leaked: [],
    changed: [],
    failures: [],
    isAlive: true,
  });
}, 120_000);
