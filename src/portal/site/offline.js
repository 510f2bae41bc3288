// From a web server the site is kept for when there is no connection; from a folder it is there anyway.
if ('serviceWorker' in navigator && location.protocol.startsWith('http'))
  navigator.serviceWorker.register('service-worker.js').catch(() => {
    // Not on a secure address, or switched off: the site works all the same, with a connection.
  });
