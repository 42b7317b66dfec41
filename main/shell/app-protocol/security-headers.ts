/** The app's one origin, as main and Electron name it. */
export const appOrigin = 'app://praxis';

const policy = (styleSource: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `style-src ${styleSource}`,
    // Measured: Cornerstone and Mantine set style attributes; those take no nonce (CSP3 §6.7.3.1).
    "style-src-attr 'unsafe-inline'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const denied = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/**
 * The headers of every answer of the app origin, workers and wasm included (a worker without its own policy would run
 * under none). With a nonce, `<style nonce>` is allowed too (CSP3 §2.3.1).
 */
export const securityHeaders = (styleNonce?: string): Record<string, string> => ({
  'content-security-policy': policy(styleNonce === undefined ? "'self'" : `'self' 'nonce-${styleNonce}'`),
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': denied.map((name) => `${name}=()`).join(', '),
  'cache-control': 'no-store',
});
