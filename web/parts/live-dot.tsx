import classes from './live-dot.module.css';

/** Something happens at this moment. Said in words beside it. */
export function LiveDot() {
  return <span className={classes['dot']} aria-hidden />;
}
