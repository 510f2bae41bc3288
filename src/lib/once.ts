/**
 * Makes something when it is first asked for, and keeps it: for what takes long to make and is not needed for starting, such as
 * the first date in words, for which a start would wait 20 milliseconds.
 */
export function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
