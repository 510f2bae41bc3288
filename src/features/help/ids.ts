export const ids = {
  /** Value: the line to run, as if it had been typed after /chatr. */
  run: 'help.run',
  open: 'help.open',
} as const;
