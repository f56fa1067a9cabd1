import type { ComponentProps } from "react";
import classes from "./button.module.css";

interface ButtonProps extends ComponentProps<"button"> {
  primary?: boolean;
  small?: boolean;
  /** Work is under way: pressing again does nothing. */
  busy?: boolean;
}

export function Button({
  primary,
  small,
  busy = false,
  type = "button",
  disabled,
  ...rest
}: ButtonProps) {
  const names = [classes.button, primary && classes.primary, small && classes.small];
  return (
    <button
      {...rest}
      type={type}
      disabled={busy || disabled}
      aria-busy={busy}
      className={names.filter(Boolean).join(" ")}
    />
  );
}
