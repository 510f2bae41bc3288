import type { VNode } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Snapshot } from '../protocol.ts';
import { Avatar } from './avatar.ts';
import { Dialog } from './dialog.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { sendStage } from './live.ts';
import { Menu } from './menu.ts';
import { groupPeople, personName } from './people.ts';
import { clockText } from './time.ts';

type Props = {
  snapshot: Snapshot;
  reconnecting: boolean;
  onPerson: (id: string) => void;
  complain: (text: string) => void;
};

const steps = [
  { label: 'an hour', minutes: 60 },
  { label: 'a day', minutes: 24 * 60 },
  { label: 'a week', minutes: 7 * 24 * 60 },
];

/** The visitor's own controls, apart from what the people inside can do: who to be, and what time it is. */
export function StageBar({ snapshot, reconnecting, onPerson, complain }: Props): VNode {
  const { me, people, app } = snapshot;
  const [moving, setMoving] = useState(false);
  const [joining, setJoining] = useState(false);
  const busy = moving || snapshot.busy;
  const stage = async (what: Parameters<typeof sendStage>[0]) => {
    const result = await sendStage(what);
    if (!result.ok) complain(result.error);
    return result;
  };
  const forward = async (minutes: number) => {
    if (busy) return;
    setMoving(true);
    await stage({ do: 'forward', minutes });
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
      <p class="stage-what"><b>A practice Slack on this computer.</b> <span>Everyone here is made up.</span></p>
      <div class="stage-person">
        ${make(Avatar, { person: me, size: 'small' })}
        <label class="stage-select"><span class="stage-label">You are</span>
          <select value=${me.id} onChange=${choose}>${groupPeople(people).map(
            (group) =>
              html`<optgroup key=${group.label} label=${group.label}>${group.people.map(
                (person) =>
                  html`<option key=${person.id} dir="auto" value=${person.id} selected=${person.id === me.id}>${person.realName || person.name}${person.title ? ` · ${person.title}` : ''}</option>`,
              )}</optgroup>`,
          )}</select>${icon('down')}</label>
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
            onClick=${() => void forward(minutes)}>${label}</button>`,
        )}</div>
      </div>
    </div>
    <div role="status" class="stage-status">
      ${busy ? html`<p class="stage-line moving"><span class="spinner" aria-hidden="true"></span>The clock is moving and ${app.name} is catching up…</p>` : null}
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
