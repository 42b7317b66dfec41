import { Component, type ReactNode } from 'react';

/**
 * Catches what a part of the page throws and shows `fallback` in its place; the rest of the page goes on. `resetKey` changes
 * with the page: the next one is tried afresh. React knows error boundaries only as classes.
 */
export class ErrorBoundary extends Component<
  { resetKey: string; fallback: (retry: () => void) => ReactNode; children: ReactNode },
  { failedKey: string | null }
> {
  override state: { failedKey: string | null } = { failedKey: null };

  static getDerivedStateFromError(): { failedKey: string } {
    return { failedKey: '' };
  }

  override componentDidUpdate(before: { resetKey: string }): void {
    if (before.resetKey !== this.props.resetKey && this.state.failedKey !== null) this.setState({ failedKey: null });
  }

  override render(): ReactNode {
    if (this.state.failedKey === null) return this.props.children;
    return this.props.fallback(() => this.setState({ failedKey: null }));
  }
}
