export default function App() {
  return <p>Edit src/App.js and save to reload.</p>;
}
