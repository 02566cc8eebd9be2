using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>A field that takes one of a few words, written exactly as they stand.</summary>
/// <param name="Words">The words, and what each means.</param>
internal sealed record Choice<T>(IReadOnlyList<(string Word, T Meaning)> Words)
    where T : struct
{
    public T? Of(string? written) => Words.Where(w => w.Word == written).Select(w => (T?)w.Meaning).FirstOrDefault();

    public void Judge(string? written, Origin at, string field, FaultList faults)
    {
        if (written is null || Of(written) is not null)
            return;
        var words = string.Join(" or ", Words.Select(w => w.Word));
        faults.Error(at, field, $"{field} does not know \"{written}\"", $"{DidYouMean.Of(written, Words.Select(w => w.Word))}Write {words}.");
    }
}
