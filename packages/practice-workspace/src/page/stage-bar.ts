import type { VNode } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Passed, Snapshot, Stage } from '../protocol.ts';
import { Avatar } from './avatar.ts';
import { Dialog } from './dialog.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { sendStage } from './live.ts';
import { Menu } from './menu.ts';
import { badgeOf, groupPeople, personName } from './people.ts';
import { clockText } from './time.ts';
import { TourButton } from './tour.ts';

type Props = {
  snapshot: Snapshot;
  reconnecting: boolean;
  onPerson: (id: string) => void;
  /** Be somebody, before what the app wrote to them. */
  onRead: (id: string) => void;
  complain: (text: string) => void;
};

const steps = [
  { label: 'an hour', minutes: 60 },
  { label: 'a day', minutes: 24 * 60 },
  { label: 'a week', minutes: 7 * 24 * 60 },
];

/** The visitor's own controls, apart from what the people inside can do: who to be, and what time it is. */
export function StageBar({ snapshot, reconnecting, onPerson, onRead, complain }: Props): VNode {
  const { me, people, app } = snapshot;
  const [moving, setMoving] = useState(false);
  const [joining, setJoining] = useState(false);
  const busy = moving || snapshot.busy;
  const stage = async (what: Parameters<typeof sendStage>[0]) => {
    const result = await sendStage(what);
    if (!result.ok) complain(result.error);
    return result;
  };
  const [seen, setSeen] = useState(0);
  const { passed } = snapshot;
  const forward = async (how: Stage) => {
    if (busy) return;
    setMoving(true);
    await stage(how);
    setMoving(false);
  };
  const choose = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) onPerson(event.target.value);
  };
  const name = personName(me, me.id);
  const leaving = me.deleted
    ? {
        key: 'back',
        label: `Bring ${name} back`,
        description: 'Their account works again.',
        choose: () => void stage({ do: 'reactivate', user: me.id }),
      }
    : {
        key: 'leave',
        label: `Deactivate ${name}`,
        description: 'As when somebody leaves their job. It can be undone.',
        danger: true,
        choose: () => void stage({ do: 'deactivate', user: me.id }),
      };
  return html`<header class="stage" aria-label="Practice controls">
    <div class="stage-row">
      <p class="stage-what"><b>A practice Slack.</b> <span>Everyone here is made up.</span></p>
      ${snapshot.guide ? make(TourButton, { guide: snapshot.guide, complain }) : null}
      <div class="stage-person">
        ${make(Avatar, { person: me, size: 'small' })}
        <label class="stage-select"><span class="stage-label">You are</span>
          <span class="stage-box">
          <span class="stage-shown" aria-hidden="true"><b dir="auto">${me.realName || me.name}</b>${badgeOf(me) ? html`<span dir="auto">${badgeOf(me)}</span>` : null}</span>
          <select value=${me.id} onChange=${choose}>${groupPeople(people).map(
            (group) =>
              html`<optgroup key=${group.label} label=${group.label}>${group.people.map(
                (person) =>
                  html`<option key=${person.id} dir="auto" value=${person.id} selected=${person.id === me.id}>${person.realName || person.name}${person.id === me.id ? '' : newFor(snapshot.unread[person.id])}${badgeOf(person) ? ` · ${badgeOf(person)}` : ''}</option>`,
              )}</optgroup>`,
          )}</select>${icon('down')}</span></label>
        ${make(Menu, {
          label: 'More about people',
          className: 'stage-button square',
          groups: [
            {
              items: [
                {
                  key: 'new',
                  label: 'A new person joins',
                  description: 'To see how the app welcomes somebody.',
                  choose: () => setJoining(true),
                },
                leaving,
              ],
            },
          ],
          children: icon('more'),
        })}
        <button type="button" class="stage-button wide-only" onClick=${() => setJoining(true)}>${icon('plus')}A new person joins</button>
      </div>
      <div class="stage-clock" role="group" aria-label="Practice clock">
        <p class="clock">${icon('clock')}<time datetime=${snapshot.now}>${clockText(new Date(snapshot.now), me.tz)}</time></p>
        <div class="forward"><span class="stage-label">Forward</span>${steps.map(
          ({
            label,
            minutes,
          }) => html`<button type="button" class="stage-button" aria-label=${`Forward ${label}`} aria-disabled=${busy ? 'true' : undefined}
            onClick=${() => void forward({ do: 'forward', minutes })}>${label}</button>`,
        )}${
          snapshot.knowsNext
            ? html`<button type="button" class="stage-button" aria-label="Forward to what’s next" title="To the next thing that is sent"
                aria-disabled=${busy ? 'true' : undefined} onClick=${() => void forward({ do: 'forward-to-next' })}>${icon('skip')}what’s next</button>`
            : null
        }</div>
      </div>
    </div>
    <div role="status" class="stage-status">
      ${busy ? html`<p class="stage-line moving"><span class="spinner" aria-hidden="true"></span>The clock is moving and ${app.name} is catching up…</p>` : null}
      ${!busy && passed && passed.id > seen ? make(WhatPassed, { key: passed.id, passed, snapshot, onRead, dismiss: () => setSeen(passed.id) }) : null}
      ${reconnecting ? html`<p class="stage-line">Reconnecting to the practice workspace…</p>` : null}
      ${!app.connected && !reconnecting ? html`<p class="stage-line warning">${icon('warning')}${app.name} is not connected, so nothing you press will be answered. It may still be starting.</p>` : null}
      ${me.deleted ? html`<p class="stage-line">${name} is deactivated and can only look.</p>` : null}
    </div>
    ${
      joining
        ? make(NewPerson, {
            close: () => setJoining(false),
            join: async (realName, email) => {
              const result = await stage({
                do: 'new-person',
                ...(realName ? { realName } : {}),
                ...(email ? { email } : {}),
              });
              if (result.ok && result.user) onPerson(result.user);
              return result.ok ? undefined : result.error;
            },
          })
        : null
    }
  </header>`;
}

const newFor = (unread: number | undefined): string => (unread === undefined ? '' : ` · ${unread} new`);

type WhatPassedProps = {
  passed: Passed;
  snapshot: Snapshot;
  onRead: (id: string) => void;
  dismiss: () => void;
};

/** How many are named before the rest is counted, until somebody asks. */
const named = 5;

function WhatPassed({ passed, snapshot, onRead, dismiss }: WhatPassedProps): VNode {
  const { people, channels } = passed;
  const [all, setAll] = useState(false);
  const shown = all || people.length <= named + 1 ? people : people.slice(0, named);
  const direct = people.reduce((sum, { messages }) => sum + messages, 0);
  const inChannels = Math.max(0, passed.messages - direct);
  const names = channels.map((id) => {
    const channel = snapshot.conversations.find((one) => one.id === id);
    return channel ? `#${channel.name}` : 'a private channel';
  });
  const messages = (count: number) => (count === 1 ? '1 message' : `${count} messages`);
  return html`<div class="stage-line passed">${icon('clock')}<p>
    ${passed.messages === 0 ? 'Nothing was sent on the way.' : 'On the way, '}
    ${direct > 0 ? html`${messages(direct)} to ${people.length === 1 ? '1 person' : `${people.length} people`}: ` : null}
    ${shown.map(({ id, messages: count }, index) => {
      const name = personName(
        snapshot.people.find((one) => one.id === id),
        id,
      );
      return html`${index > 0 ? ', ' : ''}<button key=${id} type="button" class="passed-name" dir="auto" title=${`Be ${name} and read it`}
        onClick=${() => onRead(id)}>${name}</button>${count > 1 ? ` (${count})` : ''}`;
    })}
    ${
      shown.length < people.length
        ? html` and <button type="button" class="passed-name" onClick=${() => setAll(true)}>${people.length - shown.length} more</button>`
        : null
    }
    ${inChannels > 0 ? `${direct > 0 ? '; ' : ''}${messages(inChannels)} in ${names.join(', ')}` : null}
  </p><button type="button" class="plain-icon" aria-label="Close what passed" onClick=${dismiss}>${icon('cross')}</button></div>`;
}

type NewPersonProps = {
  close: () => void;
  join: (name: string, email: string) => Promise<string | undefined>;
};

function NewPerson({ close, join }: NewPersonProps): VNode {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!form.current || busy) return;
    const data = new FormData(form.current);
    const word = (name: string) => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    setBusy(true);
    const problem = await join(word('name'), word('email'));
    setBusy(false);
    setError(problem);
    if (problem === undefined) close();
  };
  return make(Dialog, {
    labelledBy: id,
    className: 'small-dialog',
    onEscape: close,
    children: html`<form ref=${form} onSubmit=${submit}>
      <header class="dialog-head"><h2 id=${id}>A new person joins</h2>
        <button type="button" class="plain-icon" aria-label="Close this window" onClick=${close}>${icon('cross')}</button></header>
      <div class="dialog-body">
        <p class="dialog-intro">They join the workspace now, and you become them. Invent somebody; please do not use a real name.</p>
        <label class="input-label" for=${`${id}-name`}>Name <span class="optional">(optional)</span></label>
        <input class="field" dir="auto" id=${`${id}-name`} name="name" autocomplete="off" maxlength="80" />
        <label class="input-label" for=${`${id}-email`}>E-mail <span class="optional">(optional)</span></label>
        <input class="field" id=${`${id}-email`} name="email" type="email" autocomplete="off" />
        ${error ? html`<p class="input-error" role="alert">${icon('warning')}${error}</p>` : null}
      </div>
      <footer class="dialog-foot"><button type="button" class="button" onClick=${close}>Cancel</button>
        <button type="submit" class="button primary" aria-busy=${busy ? 'true' : undefined}>Let them join</button></footer>
    </form>`,
  });
}
