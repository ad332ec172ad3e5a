const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Whether this Node is one that the fleet runs on: 22.12 or later. */
export const runsFleet = major > 22 || (major === 22 && minor >= 12);
