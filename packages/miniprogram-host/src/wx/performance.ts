/** Nothing is measured here: a phone's figures would mean something else. */
export function performanceApis() {
  const none = () => []
  const entries = { getEntries: none, getEntriesByName: none, getEntriesByType: none }
  const observer = { observe: () => {}, disconnect: () => {} }
  return { getPerformance: () => ({ ...entries, setBufferSize: () => {}, createObserver: () => ({ ...observer }) }) }
}
