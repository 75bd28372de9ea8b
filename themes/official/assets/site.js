// Text size, print, copy the address, warn before leaving for a non-government site.
// Pages are complete without this file.
(function () {
  'use strict';
  var root = document.documentElement;
  var KEY = 'text-size';
  var LARGEST = 3;

  function stored() {
    try { return Number(localStorage.getItem(KEY)) || 0; } catch (e) { return 0; }
  }
  function show(size) {
    if (size) { root.setAttribute('data-text-size', size); } else { root.removeAttribute('data-text-size'); }
  }
  function change(step) {
    var size = step === 0 ? 0 : Math.max(-1, Math.min(LARGEST, stored() + step));
    try { localStorage.setItem(KEY, size); } catch (e) { /* private window: for this page only */ }
    show(size);
  }
  function copy(text) {
    if (!navigator.clipboard) { return copyBySelecting(text); }
    return navigator.clipboard.writeText(text).catch(function () { return copyBySelecting(text); });
  }
  function copyBySelecting(text) {
    return new Promise(function (done, failed) {
      var field = document.createElement('textarea');
      field.value = text;
      field.className = 'unseen';
      document.body.appendChild(field);
      field.select();
      var copied = document.execCommand('copy');
      field.remove();
      if (copied) { done(); } else { failed(); }
    });
  }

  show(stored());

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('.tools').forEach(function (tools) { tools.hidden = false; });
    var menu = document.getElementById('menu');
    if (menu) {
      menu.addEventListener('keydown', function (event) {
        if (event.key === 'Enter') { menu.checked = !menu.checked; }
      });
    }
  });

  document.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (button && button.hasAttribute('data-text')) { change(Number(button.getAttribute('data-text'))); }
    if (button && button.hasAttribute('data-print')) { window.print(); }
    if (button && button.hasAttribute('data-copy')) {
      var answer = button.parentNode.querySelector('.tool-answer');
      copy(location.href).then(function () {
        answer.textContent = button.getAttribute('data-done');
      }, function () {
        answer.textContent = button.getAttribute('data-failed');
      });
    }
    var link = event.target.closest('a[href]');
    if (link && /^https?:$/.test(link.protocol) && link.host !== location.host
        && !/(^|\.)(gov\.cn|conac\.cn|政务|xn--zfr164b)$/.test(link.hostname)) {
      var words = document.querySelector('[data-leaving]');
      if (words && !window.confirm(words.getAttribute('data-leaving') + link.hostname)) { event.preventDefault(); }
    }
  });
})();
