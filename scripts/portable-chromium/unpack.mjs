// Unpacks the browser into TMPDIR (the package offers no other place) and prints where it lies.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
