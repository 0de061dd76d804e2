export { insecureFetch } from './insecureFetch'
