export const env = process.env.API_URL;
