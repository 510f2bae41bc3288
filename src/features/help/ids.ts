export { commandIds as ids } from '../../slack/commands.ts';
