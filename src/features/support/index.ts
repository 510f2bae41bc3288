import type { Feature } from '../feature.ts';
import type { SupportDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listen, supportCommand } from './listeners.ts';

/** Where help is, one tap away from everywhere. Stores nothing, counts nothing, logs nothing. */
export function support(deps: SupportDeps): Feature {
  return {
    name: 'support',
    commands: [supportCommand(deps)],
    listen: (to) => listen(to, deps),
    quickActions: [{ text: 'Support', actionId: ids.open, order: 85 }],
  };
}
