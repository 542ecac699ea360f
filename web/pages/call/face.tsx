import classes from './call.module.css';

/** The secretary, as long as nobody has a picture of it. Rings spread while it speaks. */
export function Face({ name, isSpeaking = false, size = 88 }: { name: string; isSpeaking?: boolean; size?: number }) {
  return (
    <span
      className={classes['face']}
      data-speaking={isSpeaking || undefined}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      aria-hidden
    >
      {[...name][0]}
    </span>
  );
}
