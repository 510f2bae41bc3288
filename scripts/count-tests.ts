import { readFileSync } from 'node:fs';

/** Prints the closing line of a test run, `N passed, N failed`, from vitest's JSON report. */
const file = process.argv[2];
if (!file) throw new Error('Say which report to read.');
const report: {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
} = JSON.parse(readFileSync(file, 'utf8'));
// A file that could not even be loaded has no failed test of its own.
const failed = report.numFailedTests === 0 ? report.numFailedTestSuites : report.numFailedTests;
const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : '';
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed${skipped}\n`);
