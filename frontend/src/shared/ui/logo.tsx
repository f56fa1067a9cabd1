import classes from "./logo.module.css";

/** An arch, its door ajar, the lamp on inside. Decoration: the name stands beside it. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className={classes.logo}>
      <path d="M3 31V15a13 13 0 0 1 26 0v16z" className={classes.arch} />
      <path d="M7 31V15.5a9 9 0 0 1 18 0V31z" className={classes.light} />
      <path d="M7 31V15.5a9 9 0 0 1 9-9V31z" className={classes.door} />
      <circle cx="13" cy="20" r="1.4" className={classes.light} />
    </svg>
  );
}
