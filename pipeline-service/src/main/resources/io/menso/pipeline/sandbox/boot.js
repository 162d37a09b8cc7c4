// Runs once, before the snapshot. Everything that the script could change later is captured here: nothing below
// looks a method up on an object that the script can reach.
(function (G) {
  'use strict';
  const host = G.java_invoke;
  for (const name of ['java_invoke', 'Javy', 'console', 'plugin', 'SharedArrayBuffer']) delete G[name];

  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapDelete = uncurry(Map.prototype.delete);
  const weakGet = uncurry(WeakMap.prototype.get);
  const weakSet = uncurry(WeakMap.prototype.set);
  const then = uncurry(Promise.prototype.then);
  const sourceOf = uncurry(Function.prototype.toString);
  const cut = uncurry(String.prototype.slice);
  const evaluate = G.eval;
  const {stringify, parse} = JSON;
  const {freeze, create, defineProperty, getPrototypeOf} = Object;
  const {isArray} = Array;
  const P = Promise, E = Error, T = TypeError, S = String;
  const asyncFunction = getPrototypeOf(async () => {});
  const calls = new Map(), handles = new WeakMap(), failures = new WeakMap();
  const LIMIT = 500, MAX_IMAGES = 32, MAX_PATH = 2048, MAX_TEXT = 1048576;
  let next = 1, resultLimit = 0;

  // Math.random would go on from the snapshot, the same for every execution: sfc32, seeded by the host.
  let a = 0, b = 0, c = 0, d = 1;
  const sfc32 = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  defineProperty(Math, 'random', {
    value: () => ((sfc32() >>> 5) * 67108864 + (sfc32() >>> 6)) / 9007199254740992,
    writable: true, configurable: true, enumerable: false,
  });
  const seed = () => {
    a = +host('', 'seed', '') | 0;
    b = +host('', 'seed', '') | 0;
    c = +host('', 'seed', '') | 0;
    d = 1;
    for (let i = 0; i < 12; i++) sfc32();
  };

  const where = () => {
    const stack = new E('').stack;
    return typeof stack === 'string' ? cut(stack, 0, LIMIT) : '';
  };

  // The numbers of the images that a body consists of: '' when it is no image or array of images.
  const imagesOf = (body) => {
    if (typeof body !== 'object' || body === null) return '';
    const single = weakGet(handles, body);
    if (single !== undefined) return '' + single;
    if (!isArray(body)) return '';
    const length = body.length;
    let numbers = '', found = 0;
    for (let i = 0; i < length && i <= MAX_IMAGES; i++) {
      const item = body[i];
      const number = typeof item === 'object' && item !== null ? weakGet(handles, item) : undefined;
      if (number !== undefined) numbers += (found++ ? ',' : '') + number;
    }
    if (found !== 0 && found !== length) throw new T('body: images cannot be mixed with other values');
    return numbers;
  };

  const textOf = (what, value) => {
    if (value === undefined || value === null) return '';
    const text = stringify(value);
    if (typeof text !== 'string') throw new T(what + ' is no JSON');
    if (text.length > MAX_TEXT) throw new T(what + ' is larger than 1 MiB');
    return text;
  };

  const method = (name) => (path, body, params) => new P((resolve, reject) => {
    if (typeof path !== 'string') throw new T('api.' + name + ': path must be a string');
    if (path.length > MAX_PATH) throw new T('api.' + name + ': path is too long');
    const images = imagesOf(body);
    const json = images === '' ? textOf('body', body) : '';
    const query = textOf('params', params);
    const id = next++;
    const entry = create(null);
    entry.resolve = resolve;
    entry.reject = reject;
    mapSet(calls, id, entry);
    host('', 'call', '[' + id + ',"' + name + '",' + stringify(path) + ',' + stringify(json) + ',"' + images + '",'
        + stringify(query) + ',' + stringify(where()) + ']');
  });
  const api = create(null);
  for (const name of ['get', 'post', 'put', 'patch', 'delete']) api[name] = method(name);
  freeze(api);

  const property = (value) => {
    const descriptor = create(null);
    descriptor.value = value;
    descriptor.writable = descriptor.enumerable = descriptor.configurable = true;
    return descriptor;
  };

  const fault = (e) => {
    let name = '', message = '', stack = '';
    try {
      if (e instanceof E) {
        name = cut(S(e.name), 0, LIMIT);
        message = cut(S(e.message), 0, LIMIT);
        stack = e.stack;
        stack = typeof stack === 'string' ? cut(stack, 0, LIMIT) : '';
      } else {
        name = e === null ? 'null' : 'Thrown';
        message = cut(S(typeof e === 'object' ? stringify(e) : e), 0, LIMIT);
      }
    } catch (_) {
      message = 'cannot be described';
    }
    host('', 'fault', '[' + stringify(name) + ',' + stringify(message) + ',' + stringify(stack) + ']');
  };

  const failed = (e) => {
    const id = typeof e === 'object' && e !== null ? weakGet(failures, e) : undefined;
    if (id === undefined) fault(e);
    else host('', 'refused', '' + id);
  };

  const finished = (value) => {
    let text;
    try {
      text = value === undefined ? 'null' : stringify(value);
      if (typeof text !== 'string') throw new T('the result is no JSON');
      if (text.length > resultLimit) throw new T('the result is larger than ' + resultLimit + ' bytes');
    } catch (e) {
      return failed(e);
    }
    host('', 'done', text);
  };

  const check = () => {
    try {
      const f = evaluate(host('', 'source', ''));
      if (typeof f !== 'function' || getPrototypeOf(f) !== asyncFunction) host('', 'noFunction', '');
      else host('', 'done', sourceOf(f));
    } catch (e) {
      fault(e);
    }
  };

  const start = () => {
    try {
      seed();
      resultLimit = +host('', 'resultLimit', '');
      const body = parse(host('', 'images', ''));
      for (let i = 0; i < body.length; i++) weakSet(handles, freeze(body[i]), i);
      const params = parse(host('', 'params', ''));
      const f = evaluate(host('', 'source', ''));
      then(f(api, body, params), finished, failed);
    } catch (e) {
      failed(e);
    }
  };

  const settle = (kind) => {
    const id = +host('', 'id', '');
    const entry = mapGet(calls, id);
    mapDelete(calls, id);
    const value = parse(host('', 'text', ''));
    if (kind === 'ok') return entry.resolve(value);
    const e = new E(value.reason);
    defineProperty(e, 'status', property(value.status));
    defineProperty(e, 'error', property(value.error));
    defineProperty(e, 'reason', property(value.reason));
    weakSet(failures, e, id);
    entry.reject(e);
  };

  // The one entrance for the host. Called by the script it finds no event and does nothing.
  const pump = () => {
    const kind = host('', 'event', '');
    if (kind === 'start') start();
    else if (kind === 'check') check();
    else if (kind === 'ok' || kind === 'refused') settle(kind);
  };
  defineProperty(G, '__pump', {value: pump});
})(globalThis);
