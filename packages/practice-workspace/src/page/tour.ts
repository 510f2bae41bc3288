import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Guide, StepSummary, TourSummary } from '../protocol.ts';
import type { World } from './context.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { sendStage } from './live.ts';
import { personName } from './people.ts';
import type { Place } from './route.ts';
import { Mrkdwn } from './text.ts';

type Props = {
  guide: Guide;
  /** Be somebody, and where they are to begin. */
  onPerson: (id: string, place: Place | undefined) => void;
};

const doneIn = ({ steps }: TourSummary) => steps.filter((step) => step.isDone).length;
const currentOf = (guide: Guide) => guide.tours.find(({ id }) => id === guide.current);

/** What comes next, in mrkdwn, with whom to be for it. */
function nextIn({ steps }: TourSummary, { snapshot, people }: World): string {
  const next = steps.find((step) => !step.isDone);
  if (!next) return 'That was all of it.';
  const { as, todo } = next;
  return as === undefined || as === snapshot.me.id ? todo : `Be ${personName(people.get(as), as)}. ${todo}`;
}

/** The step again, inside a window: it lies above the panel, and on a phone it covers all of it. */
export function TourLine(): VNode | null {
  const world = useWorld();
  const { guide } = world.snapshot;
  const tour = guide?.isOpen ? currentOf(guide) : undefined;
  if (!tour) return null;
  const count = `${tour.title}, ${doneIn(tour)} of ${tour.steps.length}.`;
  return html`<div class="tour-line" role="status">${make(Mrkdwn, { text: `*${count}* ${nextIn(tour, world)}` })}</div>`;
}

/** A panel beside the Slack; on a narrow screen a bar below it, out of which the steps unfold. */
export function TourPanel({ guide, onPerson }: Props): VNode {
  const world = useWorld();
  const { complain } = world;
  const [unfolded, setUnfolded] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const fold = useRef<HTMLButtonElement>(null);
  const tour = currentOf(guide);
  const turn = async (what: { open: boolean; tour?: string | null; again?: boolean }) => {
    const result = await sendStage({ do: 'tour', ...what });
    if (!result.ok) complain(result.error);
  };
  const show = (id: string | null) => {
    void turn({ open: true, tour: id });
    setUnfolded(true);
    panel.current?.focus();
  };
  const again = (id: string) => {
    void turn({ open: true, again: true, tour: id });
    // Its button is about to go.
    panel.current?.focus();
  };
  const close = async () => {
    await turn({ open: false });
    document.getElementById(tourButton)?.focus();
  };
  const begin = (id: string, place: Place | undefined) => {
    setUnfolded(false);
    onPerson(id, place);
    // Its button is about to go.
    panel.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !unfolded) return;
    setUnfolded(false);
    fold.current?.focus();
  };
  const title = tour?.title ?? 'Guided tours';
  const next = tour && nextIn(tour, world);
  return html`<aside ref=${panel} class=${`tour${unfolded ? ' unfolded' : ''}`} tabindex="-1" aria-labelledby="tour-title" onKeyDown=${onKey}>
    <header class="tour-head">
      <div class="tour-name"><h2 id="tour-title">${title}</h2>
        ${tour ? make(Progress, { tour }) : html`<p class="tour-next">What to look at, step by step</p>`}
        ${next ? html`<div class="tour-next">${make(Mrkdwn, { text: next })}</div>` : null}
      </div>
      <button ref=${fold} type="button" class="plain-icon tour-fold" aria-label=${unfolded ? 'Fold the tour away' : 'Show the steps'}
        title=${unfolded ? 'Fold the tour away' : 'Show the steps'} aria-expanded=${unfolded ? 'true' : 'false'} aria-controls="tour-body"
        onClick=${() => setUnfolded(!unfolded)}>${icon(unfolded ? 'down' : 'up')}</button>
      <button type="button" class="plain-icon" aria-label="Close the tour" title="Close the tour" onClick=${() => void close()}>${icon('cross')}</button>
    </header>
    <div class="tour-body" id="tour-body">
      ${tour ? make(Steps, { tour, begin, again: () => again(tour.id), all: () => show(null) }) : make(Choice, { guide, show })}
    </div>
  </aside>`;
}

/** The focus goes back to it from a panel that was closed. */
const tourButton = 'open-tours';

export function TourButton({ guide, complain }: { guide: Guide; complain: (text: string) => void }): VNode {
  const open = async () => {
    const result = await sendStage({ do: 'tour', open: !guide.isOpen });
    if (!result.ok) complain(result.error);
  };
  return html`<button type="button" id=${tourButton} class="stage-button tour-button" aria-expanded=${guide.isOpen ? 'true' : 'false'}
    onClick=${() => void open()}>${icon('flag')}Tours</button>`;
}

/** Said aloud when a step ticks itself off, too. */
function Progress({ tour }: { tour: TourSummary }): VNode {
  const done = doneIn(tour);
  return html`<p class="tour-progress" role="status">
    <progress max=${tour.steps.length} value=${done} aria-label="Steps done"></progress>
    <span>${done} of ${tour.steps.length}<span class="visually-hidden"> steps done</span></span></p>`;
}

function Choice({ guide, show }: { guide: Guide; show: (id: string) => void }): VNode {
  return html`<p class="tour-about">Pick one. Each step ticks itself off once it is done, in any order and by whatever way.</p>
    <ul class="tour-choice">${guide.tours.map(
      (tour) => html`<li key=${tour.id}><button type="button" onClick=${() => show(tour.id)}>
        <b>${tour.title}</b> <span class="tour-count">${doneIn(tour) === 0 ? `${tour.steps.length} steps` : `${doneIn(tour)} of ${tour.steps.length} done`}</span>
        <span class="tour-about">${tour.about}</span></button></li>`,
    )}</ul>`;
}

type StepsProps = {
  tour: TourSummary;
  begin: (id: string, place: Place | undefined) => void;
  again: () => void;
  all: () => void;
};

function Steps({ tour, begin, again, all }: StepsProps): VNode {
  const done = doneIn(tour);
  return html`
    ${done === tour.steps.length ? html`<p class="tour-over">That was all of it. Thank you for looking so closely.</p>` : null}
    <ol class="tour-steps">${tour.steps.map((step, index) => make(Step, { key: index, step, begin }))}</ol>
    <p class="tour-foot"><button type="button" class="stage-button" onClick=${all}>All tours</button>
      ${done > 0 ? html`<button type="button" class="stage-button" onClick=${again}>Begin again</button>` : null}</p>`;
}

function Step({ step, begin }: { step: StepSummary; begin: StepsProps['begin'] }): VNode {
  const { snapshot, place, people } = useWorld();
  const { as, at, site, isDone } = step;
  const target: Place | undefined =
    at === 'home'
      ? { kind: 'app', tab: 'home' }
      : at === 'app'
        ? { kind: 'app', tab: 'messages' }
        : at === undefined
          ? undefined
          : { kind: 'conversation', id: at };
  const isThere =
    target === undefined ||
    (target.kind === 'app'
      ? place.kind === 'app' && place.tab === target.tab
      : place.kind === 'conversation' && place.id === target.id);
  const isMe = as === undefined || as === snapshot.me.id;
  const actor = as === undefined ? undefined : people.get(as);
  const room = snapshot.conversations.find(({ id }) => id === at)?.name;
  const where = at === 'home' ? 'Home' : at === 'app' ? 'Messages' : `#${room ?? 'channel'}`;
  return html`<li class=${isDone ? 'done' : ''}>
    <span class="tour-tick">${isDone ? icon('tick') : null}</span>
    <div class="tour-step">
      ${isDone ? html`<span class="visually-hidden">Done: </span>` : null}${make(Mrkdwn, { text: step.todo })}
      <p class="tour-why">${step.why}</p>
      ${actor?.deleted ? html`<p class="tour-why"><b>${personName(actor, actor.id)} is deactivated.</b> The dots beside the name have the way back.</p>` : null}
      ${
        isMe
          ? null
          : html`<button type="button" class="stage-button" onClick=${() => begin(as, target)}>${icon('person')}Be ${personName(actor, as)}</button>`
      }
      ${
        isMe && !isThere && target && (target.kind === 'app' || room !== undefined)
          ? html`<button type="button" class="stage-button" onClick=${() => begin(snapshot.me.id, target)}>Go to ${where}</button>`
          : null
      }
      ${
        site === undefined
          ? null
          : html`<a class="stage-button" href=${`/site/${site}`} target="_blank">${icon('external')}Open it<span class="visually-hidden"> (opens in a new tab)</span></a>`
      }
    </div></li>`;
}
