import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { freePort, givenRawSocket, type RawSocket } from '../support/raw-socket.ts';
import { agree, closeAll, makeGroup, messagesSaying, scheduleCheckIn } from '../support/stories.ts';

type View = { callback_id: string; private_metadata: string; blocks: { block_id?: string }[] };

/** Ids travel through people's own computers, so whoever wants to can send anybody's. */
async function givenForger(): Promise<{ community: Community; raw: RawSocket }> {
  const port = await freePort();
  const raw = await givenRawSocket(port);
  const community = await givenCommunity({ workspace: { port }, config: { slackApiUrl: raw.apiUrl } });
  await community.forward(10, 5);
  await agree(community.as('robin'));
  await agree(community.as('sam'));
  return { community, raw };
}

/** The form that was last opened or put in place, as it went out. */
function lastForm({ workspace }: Community): View {
  const shown = workspace.calls.filter(
    ({ method }) => method.startsWith('views.') && method !== 'views.publish',
  );
  const view: unknown = shown.at(-1)?.args.view;
  if (view === undefined) throw new Error('No form was opened.');
  return (typeof view === 'string' ? JSON.parse(view) : view) as View;
}

/** Sends a form as somebody for whom it was not. */
async function sendAs(
  { community, raw }: { community: Community; raw: RawSocket },
  person: PersonDriver,
  form: View,
  values: Record<string, Record<string, unknown>>,
): Promise<unknown> {
  const { teamId, appId } = community.workspace;
  const answer = await raw.send('interactive', {
    type: 'view_submission',
    team: { id: teamId, domain: 'chatr-practice' },
    user: { id: person.id, name: person.name, team_id: teamId },
    api_app_id: appId,
    trigger_id: '1.2.none',
    view: { ...form, id: 'VFORGED', type: 'modal', team_id: teamId, state: { values } },
  });
  await community.bot().settled();
  return answer;
}

const words = (form: View, text: string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    form.blocks
      .filter((block) => JSON.stringify(block).includes('plain_text_input'))
      .map((block) => {
        const id = /"action_id":"([^"]+)"/.exec(JSON.stringify(block))?.[1] ?? '';
        return [block.block_id ?? '', { [id]: { type: 'plain_text_input', value: text } }];
      }),
  );

test('nobody can change, read or save into somebody else’s reflection with its form', async () => {
  const given = await givenForger();
  const { community } = given;
  const robin = community.as('robin');
  await robin.command('/chatr reflect');
  await robin.submit({ 'A moment: What stayed with you today?': 'the kingfisher' });
  await closeAll(robin);
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Edit');
  const form = lastForm(community);
  expect(JSON.stringify(form)).toContain('kingfisher');
  for (const name of ['jo', 'fran', 'sam']) {
    const answer = await sendAs(given, community.as(name), form, words(form, 'overwritten'));
    expect(JSON.stringify(answer ?? null), name).not.toContain('kingfisher');
  }
  await closeAll(robin);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('the kingfisher');
  expect(robin.visibleText('modal')).not.toContain('overwritten');
  await closeAll(robin);
  await sendAs(given, robin, form, words(form, 'changed by its author'));
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('changed by its author');
  expect(community.log).toEqual([]);
});

test('who is not in the group cannot answer its check-in with a member’s form', async () => {
  const given = await givenForger();
  const { community } = given;
  const jo = community.as('jo');
  await makeGroup(jo, 'Perinatal pilot', ['robin', 'sam']);
  await scheduleCheckIn(jo, {
    group: 'Perinatal pilot',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  const robin = community.as('robin');
  expect(messagesSaying(robin, 'Your check-in is ready')).toHaveLength(1);
  await robin.click('Answer');
  const form = lastForm(community);
  const gale = community.as('gale');
  const answer = await sendAs(given, gale, form, words(form, 'stuffed'));
  expect(answer, 'the form does not simply close').toBeDefined();
  await gale.command('/chatr checkins');
  expect(gale.visibleText(gale.ephemerals().at(-1))).not.toContain('Weekly pulse');
  await closeAll(robin);
  await sendAs(given, robin, form, words(form, 'my own'));
  await robin.command('/chatr checkins');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('*Answered*');
  expect(community.log).toEqual([]);
});

test('a member cannot rename a group, nor give a role, with the forms of those who may', async () => {
  const given = await givenForger();
  const { community } = given;
  const [jo, fran, robin] = [community.as('jo'), community.as('fran'), community.as('robin')];
  await makeGroup(jo, 'Perinatal pilot', ['robin']);
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  const rename = lastForm(community);
  await sendAs(given, robin, rename, words(rename, 'Hijacked'));
  await closeAll(jo);
  await jo.command('/chatr groups');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('Perinatal pilot');
  expect(jo.visibleText(jo.ephemerals().at(-1))).not.toContain('Hijacked');
  await sendAs(given, jo, rename, words(rename, 'Renamed by its facilitator'));
  await jo.command('/chatr groups');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('Renamed by its facilitator');

  await fran.openHome();
  await fran.click('Give a role');
  const grant = lastForm(community);
  const values = Object.fromEntries(
    grant.blocks
      .filter(({ block_id: id }) => id !== undefined)
      .map((block) => {
        const text = JSON.stringify(block);
        const action = /"action_id":"([^"]+)"/.exec(text)?.[1] ?? '';
        const option = /"value":"(administrator|facilitator)[^"]*"/.exec(text)?.[0];
        const value = text.includes('users_select')
          ? { type: 'users_select', selected_user: robin.id, selected_users: [robin.id] }
          : { type: 'static_select', selected_option: option ? JSON.parse(`{${option}}`) : null };
        return [block.block_id ?? '', { [action]: value }];
      }),
  );
  await sendAs(given, robin, grant, values);
  await robin.openHome();
  expect(robin.visibleText('home')).not.toContain('Give a role');
  expect(robin.visibleText('home')).not.toContain('New check-in');
  await sendAs(given, fran, grant, values);
  expect(robin.visibleText('home'), 'it does work for an administrator').toContain('New check-in');
  expect(community.log).toEqual([]);
});
