import type {
  App,
  BlockButtonAction,
  BlockOverflowAction,
  BlockStaticSelectAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import { answerClick } from '../../slack/answer.ts';
import { actorIn } from '../../slack/guard.ts';
import { openInPlace } from '../../slack/modals.ts';
import { mrkdwn } from '../../slack/text.ts';
import { decide } from './curating/curate.ts';
import { suggest, suggestionForm, withdrawSuggestion } from './curating/suggest.ts';
import { plainAnswer, suggestDialog, suggestionThanks } from './curating/views.ts';
import type { Deps } from './deps.ts';
import { answerDialog, browseCard, searchDialog } from './finding/cards.ts';
import { parseEntry, parsePlace } from './finding/place.ts';
import { tidyQuestion } from './finding/words.ts';
import { define } from './glossary/define.ts';
import { definitionAnswer } from './glossary/views.ts';
import { ids, startingWith } from './ids.ts';
import { rate, type Verdict } from './keeping/rate.ts';
import { save, unsave } from './keeping/save.ts';
import { rateReceipt, saveReceipt, showFound, showPage, showPlace, showSuggestions } from './show.ts';

export function listen(app: App, deps: Deps): void {
  listenToLists(app, deps);
  listenToMenus(app, deps);
  listenToSearch(app, deps);
  listenToSuggestions(app, deps);
  listenToCurators(app, deps);
}

function listenToLists(app: App, deps: Deps): void {
  app.action<BlockButtonAction>(
    startingWith(ids.look),
    async ({ ack, action, body, client, context, respond }) => {
      await ack();
      const place = parsePlace(action.value);
      if (place) await answerClick(body, client, respond)(await showPlace(deps, actorIn(context), place));
    },
  );

  app.action<BlockStaticSelectAction>(
    startingWith(ids.pick),
    async ({ ack, action, body, client, context, respond }) => {
      await ack();
      const place = parsePlace(action.selected_option?.value);
      if (place) await answerClick(body, client, respond)(await showPlace(deps, actorIn(context), place));
    },
  );

  app.action<BlockButtonAction>(ids.browse, async ({ ack, body, client, respond }) => {
    await ack();
    await answerClick(body, client, respond)(browseCard(deps.vocabulary));
  });

  app.action<BlockButtonAction | BlockStaticSelectAction>(
    startingWith(ids.term),
    async ({ ack, action, body, client, respond }) => {
      await ack();
      const asked = action.type === 'button' ? action.value : action.selected_option?.value;
      await answerClick(body, client, respond)(definitionAnswer(define(deps, asked ?? ''), deps.glossary));
    },
  );
}

const verdicts = [
  'helped',
  'did-not-help',
  'take-back',
  'link-problem',
  'link-fine',
] as const satisfies Verdict[];
const choice = z.enum(['save', 'unsave', ...verdicts]);

function listenToMenus(app: App, deps: Deps): void {
  app.action<BlockOverflowAction>(ids.about, async ({ ack, action, body, client, context, respond }) => {
    await ack();
    const entry = parseEntry(action.block_id);
    const chosen = choice.safeParse(action.selected_option?.value?.split(':')[0]);
    if (!entry || !chosen.success) return;
    const actor = actorIn(context);
    const { resourceId, place } = entry;
    const said = await act(chosen.data);
    await answerClick(body, client, respond)(await showPage(deps, actor, place, { resourceId, text: said }));

    async function act(verb: z.output<typeof choice>) {
      if (verb === 'save') return saveReceipt(await save(deps, actor, resourceId));
      if (verb === 'unsave') {
        await unsave(deps, actor, resourceId);
        const title = deps.catalogue.byId.get(resourceId)?.title ?? 'The entry';
        return mrkdwn`Removed from your saved resources: ${title}.`;
      }
      return rateReceipt(await rate(deps, actor, resourceId, verb), verb);
    }
  });

  app.action<BlockButtonAction>(ids.putBack, async ({ ack, action, body, client, context, respond }) => {
    await ack();
    const entry = parseEntry(action.value);
    if (!entry) return;
    const { resourceId, place } = entry;
    const text = saveReceipt(await save(deps, actorIn(context), resourceId));
    await answerClick(
      body,
      client,
      respond,
    )(await showPage(deps, actorIn(context), place, { resourceId, text }));
  });
}

function listenToSearch(app: App, deps: Deps): void {
  app.action<BlockButtonAction>(ids.openSearch, async ({ ack, body, client }) => {
    await ack();
    await openInPlace(body, client, searchDialog());
  });

  app.view<ViewSubmitAction>(ids.search, async ({ ack, view, context }) => {
    const typed = view.state.values[ids.question]?.[ids.question]?.value ?? '';
    if (tidyQuestion(typed) === '') {
      await ack({ response_action: 'errors', errors: { [ids.question]: 'Please write a word or two.' } });
      return;
    }
    const answer = await showFound(deps, actorIn(context), typed);
    await ack({ response_action: 'update', view: answerDialog(answer) });
  });
}

function listenToSuggestions(app: App, deps: Deps): void {
  app.action<BlockButtonAction>(ids.openSuggest, async ({ ack, action, body, client }) => {
    await ack();
    await openInPlace(body, client, suggestDialog({ title: action.value ?? '' }));
  });

  app.view<ViewSubmitAction>(ids.suggest, async ({ ack, view, context }) => {
    const typed = (id: string) => view.state.values[id]?.[id]?.value ?? undefined;
    const refuse = (blockId: string, text: string) =>
      ack({ response_action: 'errors', errors: { [blockId]: text } });
    const form = suggestionForm.safeParse({
      title: typed(ids.suggestTitle) ?? '',
      url: (typed(ids.suggestUrl) ?? '').trim(),
      why: typed(ids.suggestWhy),
    });
    if (!form.success) {
      const blockOf: Record<string, string> = {
        title: ids.suggestTitle,
        url: ids.suggestUrl,
        why: ids.suggestWhy,
      };
      const errors = form.error.issues.map(({ path, message }) => [
        blockOf[String(path[0])] ?? ids.suggestUrl,
        message,
      ]);
      await ack({ response_action: 'errors', errors: Object.fromEntries(errors) });
      return;
    }
    const outcome = await suggest(deps, actorIn(context), form.data, view.private_metadata === 'as-it-is');
    switch (outcome.kind) {
      case 'suggested':
        await ack({ response_action: 'update', view: suggestionThanks(outcome.id) });
        return;
      case 'may-identify':
        // What was typed stays: the inputs keep their ids.
        await ack({ response_action: 'update', view: suggestDialog({ asItIs: true }) });
        return;
      case 'in-catalogue':
        await refuse(ids.suggestUrl, `This is in the catalogue already: ${outcome.title}`);
        return;
      case 'suggested-before':
        await refuse(ids.suggestUrl, 'You have suggested this address before. The curators have it.');
        return;
      case 'keeps-nothing':
        await refuse(
          ids.suggestUrl,
          'You did not agree to the community agreement, so nothing of yours is kept. You can agree from App Home.',
        );
        return;
      case 'not-allowed':
        await refuse(ids.suggestUrl, 'This works for members of the workspace. Nothing was kept.');
    }
  });

  app.action<BlockButtonAction>(ids.withdraw, async ({ ack, action, body, client, context, respond }) => {
    await ack();
    const outcome = await withdrawSuggestion(deps, actorIn(context), action.value ?? '');
    const words = {
      withdrawn: 'Your suggestion was taken back and is deleted.',
      'too-late':
        'This suggestion is no longer waiting: it was taken back already, or a curator has decided.',
      'not-allowed': 'This works for members of the workspace.',
    };
    await answerClick(body, client, respond)(plainAnswer('Suggestion', words[outcome.kind]));
  });
}

function listenToCurators(app: App, deps: Deps): void {
  app.action<BlockButtonAction>(
    startingWith(ids.curate),
    async ({ ack, action, body, client, context, respond }) => {
      await ack();
      const from = z.coerce.number().int().min(0).max(100_000).catch(0).parse(action.value);
      await answerClick(body, client, respond)(await showSuggestions(deps, actorIn(context), from));
    },
  );

  const decisions = { [ids.accept]: 'accepted', [ids.decline]: 'declined', [ids.reopen]: 'waiting' } as const;
  for (const [actionId, status] of Object.entries(decisions))
    app.action<BlockButtonAction>(actionId, async ({ ack, action, body, client, context, respond }) => {
      await ack();
      const [id = '', from = '0'] = (action.value ?? '').split(':');
      const actor = actorIn(context);
      await decide(deps, actor, id, status);
      const start = /^\d{1,5}$/.test(from) ? Number(from) : 0;
      await answerClick(body, client, respond)(await showSuggestions(deps, actor, start));
    });
}
