export function SignedInLayout() {
  return null;
}
