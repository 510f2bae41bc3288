import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { z } from 'zod';
import { listHumansFor } from '../../community/cohorts.ts';
import type { Actor } from '../../community/permissions.ts';
import { getPreferences } from '../../community/preferences.ts';
import { type Answerer, answerClick } from '../../slack/answer.ts';
import { actorIn } from '../../slack/guard.ts';
import { openOnTop } from '../../slack/modals.ts';
import { back, openSettings, pause, showLeave, showPrivacy, start, todayOf } from './answers.ts';
import { change, leave } from './change.ts';
import type { PreferencesDeps } from './deps.ts';
import { ids } from './ids.ts';
import { leftAnswer, noticeModal, savedModal } from './views.ts';

const values = z.looseObject({
  messages: z
    .looseObject({
      value: z.looseObject({ selected_option: z.looseObject({ value: z.string() }).nullish() }),
    })
    .optional(),
  quietFrom: z.looseObject({ value: z.looseObject({ selected_time: z.string().nullish() }) }).optional(),
  quietUntil: z.looseObject({ value: z.looseObject({ selected_time: z.string().nullish() }) }).optional(),
  reminders: z
    .looseObject({ value: z.looseObject({ selected_options: z.array(z.unknown()).nullish() }) })
    .optional(),
  awayUntil: z.looseObject({ value: z.looseObject({ selected_date: z.iso.date().nullish() }) }).optional(),
});

export function listen(app: App, deps: PreferencesDeps): void {
  const onButton = (actionId: string, work: (actor: Actor, answer: Answerer) => Promise<void>) =>
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, client, respond, context }) => {
      await ack();
      await work(actorIn(context), answerClick(body, client, respond));
    });

  onButton(ids.pause, (actor, answer) => pause(deps, actor, answer));
  onButton(ids.start, (actor, answer) => start(deps, actor, answer));
  onButton(ids.back, (actor, answer) => back(deps, actor, answer));
  onButton(ids.privacy, (actor, answer) => showPrivacy(deps, actor, answer));
  onButton(ids.leave, (actor, answer) => showLeave(deps, actor, answer));
  onButton(ids.leaveNow, async (actor, answer) => {
    const outcome = await leave(deps, actor);
    if (outcome.kind === 'left')
      await answer(leftAnswer(outcome.groups, await listHumansFor(deps.db, actor.person.id)));
  });

  app.action<BlockAction<ButtonAction>>(ids.open, async ({ ack, body, client, context }) => {
    await ack();
    const view = await openSettings(deps, actorIn(context));
    await openOnTop(body, client, view);
  });

  app.action<BlockAction<ButtonAction>>(ids.notice, async ({ ack, body, client }) => {
    await ack();
    const view = noticeModal(deps.privacyNotice);
    await openOnTop(body, client, view);
  });

  app.view(ids.save, async ({ ack, view, context }) => {
    const actor = actorIn(context);
    const before = await getPreferences(deps.db, actor.person.id);
    const parsed = values.safeParse(view.state.values);
    const form = parsed.success ? parsed.data : {};
    const outcome = await change(deps, actor, {
      isPaused: form.messages ? form.messages.value.selected_option?.value === 'pause' : before.isPaused,
      quietFrom: form.quietFrom?.value.selected_time ?? before.quietFrom,
      quietUntil: form.quietUntil?.value.selected_time ?? before.quietUntil,
      wantsReminders: form.reminders
        ? (form.reminders.value.selected_options?.length ?? 0) > 0
        : before.wantsReminders,
      awayUntil: form.awayUntil?.value.selected_date ?? undefined,
    });
    if (outcome.kind === 'problems')
      await ack({
        response_action: 'errors',
        errors: Object.fromEntries(outcome.problems.map(({ field, message }) => [field, message])),
      });
    else if (outcome.kind === 'saved')
      await ack({
        response_action: 'update',
        view: savedModal(outcome.preferences, todayOf(deps, actor.person)),
      });
    else await ack();
  });
}
