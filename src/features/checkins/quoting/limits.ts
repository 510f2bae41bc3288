/** So long somebody may take to answer. After it, and whatever they said, nothing shows that they were asked. */
export const daysToAnswer = 28;
/** So many wait for one person at most. */
export const mostWaiting = 2;
