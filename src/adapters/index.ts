export { drive, type RolloutPorts, reconcileOnce } from './drive'
