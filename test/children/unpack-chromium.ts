import chromium from '@sparticuz/chromium';

/** Unpacks the Chromium that npm delivers into TMPDIR. Its own process, because it is told where by the environment. */
await chromium.executablePath();
