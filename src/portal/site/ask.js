// What somebody looks for goes behind a # in the address, which no browser sends, to the page that has everything. The field
// has no name, so that without this script the form would take nothing along either.
(() => {
  const form = document.querySelector('.search');
  const all = form.getAttribute('action');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(`${all}#${new URLSearchParams({ q: form.elements.q.value.trim() })}`);
  });
})();
